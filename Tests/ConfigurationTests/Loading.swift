import Foundation
import Testing

@testable import finetuned

/// A directory for one test's files, removed with the test's last reference to it.
final class ScratchDirectory {
    let path = NSTemporaryDirectory() + "finetuned-configuration-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing depends on it: the system's own temporary directory is emptied anyway.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}

/// Loads as a user without rights would, with nothing in the environment but what is given.
func load(
    file: String? = nil, options: [String: String] = [:], environment: [String: String] = [:], userID: UInt32 = 1_000
) throws(InvalidConfiguration) -> DaemonConfiguration {
    // A configuration directory that is not there keeps this machine's own out of the tests.
    let environment = ["HOME": "/home/ada", "CONFIGURATION_DIRECTORY": "/nonexistent"]
        .merging(environment) { $1 }
    return try ConfigurationLoader(
        options: .init(file: file, settings: options),
        surroundings: Surroundings(environment: environment, userID: userID)
    ).load()
}

/// What is wrong with a configuration; empty if nothing is.
func problems(_ load: () throws(InvalidConfiguration) -> DaemonConfiguration) -> [String] {
    do {
        _ = try load()
        return []
    } catch {
        return error.problems.map(\.description)
    }
}
