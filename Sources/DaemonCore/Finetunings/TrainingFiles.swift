import FinetuneAPI
import Identifiers
import Jobs

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Where training and validation files are: beside the state.
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

    /// A file of a finetuning.
    func path(of finetuning: ObjectID, _ role: DatasetRole) -> String {
        switch role {
        case .training: "\(directory)/\(finetuning).jsonl"
        case .validation: "\(directory)/\(finetuning)-validation.jsonl"
        }
    }

    /// Whether a file is there and has its size. It waits for the disk.
    func isComplete(_ finetuning: ObjectID, _ role: DatasetRole, byteCount: Int) -> Bool {
        var status = stat()
        return stat(path(of: finetuning, role), &status) == 0 && Int(status.st_size) == byteCount
    }

    /// Removes the files of a finetuning, if there are any. It waits for the disk.
    func remove(_ finetuning: ObjectID) {
        for role in DatasetRole.allCases { unlink(path(of: finetuning, role)) }
    }
}
