import FinetuneAPI
import Identifiers

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Where training files are: beside the state, one a finetuning.
package struct TrainingFiles: Hashable, Sendable {
    private let directory: String

    /// Keeps them in a directory below the state directory.
    package init(stateDirectory: String) {
        directory = stateDirectory + "/training-files"
    }

    /// Makes the directory, mode 0700, if it is missing. It waits for the disk.
    func prepare() throws(APIError) {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw .storageDegraded(
                "\(directory) cannot be made: \(String(cString: strerror(errno)))",
                remedy: "Free space, or let the daemon's user write to the state directory.")
        }
    }

    /// The file of a finetuning.
    func path(of finetuning: ObjectID) -> String { "\(directory)/\(finetuning).jsonl" }

    /// Whether the file is there and has this size. It waits for the disk.
    func isComplete(_ finetuning: ObjectID, byteCount: Int) -> Bool {
        var status = stat()
        return stat(path(of: finetuning), &status) == 0 && Int(status.st_size) == byteCount
    }

    /// Removes the file of a finetuning, if there is one. It waits for the disk.
    func remove(_ finetuning: ObjectID) {
        unlink(path(of: finetuning))
    }
}
