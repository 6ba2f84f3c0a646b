/// A file that the provider does not have yet, and what goes with it. The training file is sent first.
package enum Upload: Hashable, Sendable {
    /// The training file, before the validation file where there is one.
    case training(Dataset, validation: Dataset? = nil)
    /// The validation file. The provider takes the training file already.
    case validation(Dataset, after: SentFile)

    /// The file itself.
    package var dataset: Dataset {
        switch self {
        case .training(let dataset, _), .validation(let dataset, _): dataset
        }
    }

    /// What it is for.
    package var role: DatasetRole {
        switch self {
        case .training: .training
        case .validation: .validation
        }
    }
}

/// A file, and its copy at the provider.
package struct SentFile: Hashable, Sendable {
    /// The file on this host.
    package var dataset: Dataset
    /// Its copy.
    package var id: ProviderFileID

    /// A file and its copy.
    package init(_ dataset: Dataset, _ id: ProviderFileID) {
        self.dataset = dataset
        self.id = id
    }
}

/// All that a provider's job is made from.
package struct SentFiles: Hashable, Sendable {
    /// What the model learns from.
    package var training: SentFile
    /// What it is measured on, where records are held out.
    package var validation: SentFile?

    /// The files of a job.
    package init(training: SentFile, validation: SentFile? = nil) {
        self.training = training
        self.validation = validation
    }
}
