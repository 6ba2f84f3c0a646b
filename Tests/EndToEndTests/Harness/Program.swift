import Foundation

/// The programs under test, as the build made them.
enum Program: String, CaseIterable {
    case finetuned
    case finetunectl
    case sandbox = "finetune-sandbox"

    /// Where the program is: SwiftPM puts it beside the tests' own executable.
    var url: URL {
        get throws {
            let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            let folders = [tests.deletingLastPathComponent(), Bundle.main.bundleURL]
            let places = folders.map { $0.appending(path: rawValue) }
            guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path()) }) else {
                throw NotBuilt(program: self, places: places.map { $0.path() })
            }
            return place
        }
    }

    /// The build did not make a program.
    struct NotBuilt: Error {
        let program: Program
        let places: [String]
    }
}
