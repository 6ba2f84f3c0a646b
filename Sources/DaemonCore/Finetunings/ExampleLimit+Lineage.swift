import Jobs
import Tokenizer
import TrainingData

extension ExampleLimit {
    /// The limit that a finetuning's examples keep, and with them the prompts of its model.
    init(_ lineage: Lineage) {
        self.init(vocabulary: Tokenizer.Vocabulary(lineage.vocabulary), tokens: lineage.tokensPerExample)
    }
}

extension Tokenizer.Vocabulary {
    fileprivate init(_ vocabulary: Jobs.Vocabulary) {
        self =
            switch vocabulary {
            case .cl100k: .cl100k
            case .o200k: .o200k
            }
    }
}
