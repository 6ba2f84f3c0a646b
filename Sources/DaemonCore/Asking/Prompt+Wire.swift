import FinetuneAPI
import Jobs
import TrainingData

extension Wire.Prompt {
    /// The domain's form, as clients read it.
    init(_ prompt: Jobs.Prompt) throws {
        self.init(
            id: prompt.id, text: prompt.text, databaseConnection: prompt.connection, schemas: prompt.schemas,
            metadata: try prompt.metadata.map { try JSONText(text: $0).json }, createdAt: prompt.createdAt)
    }
}
