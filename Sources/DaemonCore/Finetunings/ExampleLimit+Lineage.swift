import Jobs
import Tokenizer
import TrainingData

extension ExampleLimit {
    /// The limit that a finetuning's examples keep, and with them the prompts of its model.
    init(_ lineage: Jobs.Lineage) {
        self.init(lineage.vocabulary, tokens: lineage.tokensPerExample)
    }

    /// The limit of a base model's prompts: that of its examples, so that it is asked what its tuned model is asked.
    init(_ model: CataloguedModel) {
        self.init(model.vocabulary, tokens: model.trainingTokensPerExample)
    }

    private init(_ vocabulary: Jobs.Vocabulary, tokens: Int) {
        switch vocabulary {
        case .cl100k: self.init(vocabulary: .cl100k, tokens: tokens)
        case .o200k: self.init(vocabulary: .o200k, tokens: tokens)
        }
    }
}
