internal import Identifiers
internal import Jobs

extension OpenAIContract {
    /// The body of the request for a job.
    struct JobCreation: Encodable {
        let model: String
        let trainingFile: String
        let validationFile: String?
        let suffix: String?
        let method: Method
        let seed: Int
        let metadata: [String: String]

        /// The longest suffix, in characters.
        static let suffixLength = 64
        /// The metadata key under which a job carries the id of its finetuning.
        static let finetuningKey = "finetuning_id"
        /// The metadata key under which a job carries the SHA-256 of its training file.
        static let datasetKey = "dataset_sha256"

        private enum CodingKeys: String, CodingKey {
            case model, suffix, method, seed, metadata
            case trainingFile = "training_file"
            case validationFile = "validation_file"
        }

        struct Method: Encodable {
            let type = "supervised"
            let supervised: Supervised
        }

        struct Supervised: Encodable {
            let hyperparameters: Hyperparameters
        }

        struct Hyperparameters: Encodable {
            let epochs: AutoOr<Int>
            let batchSize: AutoOr<Int>
            let learningRateMultiplier: AutoOr<Double>

            private enum CodingKeys: String, CodingKey {
                case epochs = "n_epochs"
                case batchSize = "batch_size"
                case learningRateMultiplier = "learning_rate_multiplier"
            }
        }

        /// A number, or the word `auto`.
        struct AutoOr<Value: Encodable & Hashable & Sendable>: Encodable {
            let parameter: Parameter<Value>

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch parameter {
                case .auto: try container.encode("auto")
                case .value(let value): try container.encode(value)
                }
            }
        }
    }
}

extension OpenAIContract.JobCreation {
    init(_ request: ProviderJobRequest) {
        model = request.model.rawValue
        trainingFile = request.trainingFile.rawValue
        validationFile = request.validationFile?.rawValue
        suffix = Self.suffix(request.suffix)
        method = Method(
            supervised: Supervised(
                hyperparameters: Hyperparameters(
                    epochs: AutoOr(parameter: request.parameters.epochs),
                    batchSize: AutoOr(parameter: request.parameters.batchSize),
                    learningRateMultiplier: AutoOr(parameter: request.parameters.learningRateMultiplier))))
        seed = request.seed
        metadata = [Self.finetuningKey: request.finetuning.description, Self.datasetKey: request.datasetSHA256]
    }

    /// The wish in characters that a model's name can have, so that no job is refused for its name; `nil` for none.
    static func suffix(_ wish: String) -> String? {
        let fitting = wish.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
                ? character : "-"
        }
        return fitting.isEmpty ? nil : String(fitting.prefix(suffixLength))
    }
}
