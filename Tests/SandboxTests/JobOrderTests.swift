import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite struct JobOrderTests {
    private func order(_ fields: String) throws -> JobOrder {
        try JobOrder(requestObject(#"{"model":"gpt-4o-mini","training_file":"file-1"\#(fields)}"#))
    }

    @Test func theCurrentContractIsTaken() throws {
        let order = try order(
            #"""
            ,"method":{"type":"supervised","supervised":{"hyperparameters":\#
            {"n_epochs":2,"batch_size":"auto","learning_rate_multiplier":0.5}}},\#
            "suffix":"chinook","seed":7,"metadata":{"k":"v"},"validation_file":null
            """#)
        #expect(order.model == "gpt-4o-mini-2024-07-18")
        #expect(
            order.hyperparameters
                == Hyperparameters(epochs: .value(2), batchSize: .auto, learningRateMultiplier: .value(0.5)))
        #expect(order.suffix == "chinook")
        #expect(order.seed == 7)
        #expect(order.metadata == ["k": "v"])
        #expect(order.validationFile == nil)
    }

    @Test func theDeprecatedHyperparametersAreTaken() throws {
        #expect(try order(#","hyperparameters":{"n_epochs":50}"#).hyperparameters.epochs == .value(50))
    }

    @Test(
        "what the contract does not allow is refused, and the key named",
        arguments: [
            (#","hyperparameters":{"n_epochs":"1"}"#, "hyperparameters.n_epochs"),
            (#","hyperparameters":{"n_epochs":0}"#, "hyperparameters.n_epochs"),
            (#","hyperparameters":{"n_epochs":51}"#, "hyperparameters.n_epochs"),
            (#","hyperparameters":{"n_epochs":1.5}"#, "hyperparameters.n_epochs"),
            (#","hyperparameters":{"batch_size":257}"#, "hyperparameters.batch_size"),
            (#","hyperparameters":{"learning_rate_multiplier":0}"#, "hyperparameters.learning_rate_multiplier"),
            (#","hyperparameters":{"epochs":1}"#, "hyperparameters.epochs"),
            (#","method":{"type":"dpo"}"#, "method.type"),
            (#","method":{}"#, "method.type"),
            (#","method":{"type":"supervised","supervised":{"x":1}}"#, "method.supervised.x"),
            (
                #","method":{"type":"supervised","supervised":{"hyperparameters":{"n_epochs":"3"}}}"#,
                "method.supervised.hyperparameters.n_epochs"
            ),
            (#","method":{"type":"supervised"},"hyperparameters":{}"#, "hyperparameters"),
            (#","suffix":""# + String(repeating: "s", count: 65) + #"""#, "suffix"),
            (#","suffix":"""#, "suffix"),
            (#","seed":-1"#, "seed"),
            (#","metadata":{"k":1}"#, "metadata.k"),
            (#","metadata":{"k":""# + String(repeating: "v", count: 513) + #""}"#, "metadata"),
            (#","metadata":{""# + String(repeating: "k", count: 65) + #"":"v"}"#, "metadata"),
            (
                #","metadata":{"# + (0..<17).map { #""k\#($0)":"v""# }.joined(separator: ",") + "}",
                "metadata"
            ),
            (#","frobnicate":1"#, "frobnicate"),
        ])
    func refused(fields: String, param: String) throws {
        let error = #expect(throws: APIError.self) { try order(fields) }
        #expect(error?.param == param)
        #expect(error?.status == .badRequest)
    }

    @Test func anUnknownModelIsNotFound() throws {
        let error = #expect(throws: APIError.self) {
            try JobOrder(requestObject(#"{"model":"gpt-9","training_file":"file-1"}"#))
        }
        #expect(error?.code == "model_not_found")
    }
}
