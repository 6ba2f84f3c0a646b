import Jobs
import Tokenizer
import TrainingData

extension ExampleLimit {
    /// The limit that a finetuning's examples keep, and with them the prompts of its model.
    init(_ lineage: Jobs.Lineage) {
        switch lineage.vocabulary {
        case .cl100k: self.init(vocabulary: .cl100k, tokens: lineage.tokensPerExample)
        case .o200k: self.init(vocabulary: .o200k, tokens: lineage.tokensPerExample)
        }
    }
}
