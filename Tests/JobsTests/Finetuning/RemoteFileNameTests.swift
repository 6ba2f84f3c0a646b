import Identifiers
import Jobs
import Testing

@Suite("The names of files at a provider")
struct RemoteFileNameTests {
    private let finetuning = Finetuning(
        id: ObjectID(seconds: 1, suffix: 1), alias: "a", connectionID: ObjectID(seconds: 1, suffix: 2),
        baseModel: BaseModel(provider: .openAI, name: "m", parameters: ModelParameters()), schemas: [],
        lineage: Lineage(catalogueDate: .epoch, vocabulary: .o200k, tokensPerExample: 1_000, seed: 0), metadata: nil,
        createdAt: Sample.now, updatedAt: Sample.now)

    @Test("are others for another file, though it have the same size, and for another purpose")
    func differ() {
        var again = Sample.dataset
        again.sha256 = String(repeating: "ff", count: 32)
        #expect(
            finetuning.remoteFileName(of: Sample.dataset, .training)
                == "finetuned-000000010000000000000001-0a0a0a0a0a0a.jsonl")
        #expect(
            finetuning.remoteFileName(of: again, .validation)
                == "finetuned-000000010000000000000001-validation-ffffffffffff.jsonl")
    }
}
