import Foundation

/// What happens to files behind the daemon's back.
enum FileRemoval {
    static func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: file)
    }

    static func replaceFolderByFile(_ folder: String) throws {
        try FileManager.default.removeItem(atPath: folder)
        try Data().write(to: URL(fileURLWithPath: folder))
    }
}
