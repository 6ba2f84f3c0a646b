import FinetuneAPI
import LineTransport
import Testing

@Suite("finetunectl model update", .timeLimit(.minutes(5)))
struct ModelGateTests {
    @Test("changes the requirements that are named, and leaves the others as they are")
    func requirements() async throws {
        let steps: [(arguments: [String], gate: PromotionGate?)] = [
            (
                ["--minimum-accuracy", "0.8", "--no-significant-loss", "--must-pass"],
                PromotionGate(minimumAccuracy: 0.8, noSignificantLoss: true, mustPass: true)
            ),
            (
                ["--minimum-accuracy", "0.9"],
                PromotionGate(minimumAccuracy: 0.9, noSignificantLoss: true, mustPass: true)
            ),
            (
                ["--allow-significant-loss"],
                PromotionGate(minimumAccuracy: 0.9, noSignificantLoss: false, mustPass: true)
            ),
            (["--metadata", "{}"], PromotionGate(minimumAccuracy: 0.9, noSignificantLoss: false, mustPass: true)),
            (
                ["--no-must-pass", "--no-significant-loss"],
                PromotionGate(minimumAccuracy: 0.9, noSignificantLoss: true, mustPass: false)
            ),
            (["--no-minimum-accuracy"], PromotionGate(noSignificantLoss: true, mustPass: false)),
            (["--allow-significant-loss"], nil),
            (["--must-pass"], PromotionGate(noSignificantLoss: false, mustPass: true)),
            (["--clear-gate"], nil),
        ]
        try await withTestHost { host in
            let client = try await host.startDaemon(DaemonOptions()).client()
            for step in steps {
                let result = try await host.runClient(["model", "update", "sales"] + step.arguments)
                #expect(result.exitCode == 0, "\(step.arguments): \(result.errorOutput)")
                let model = try await client.call(Routes.readModel, "sales", query: ServedModelQuery())
                #expect(model.gate == step.gate, "\(step.arguments)")
            }
        }
    }

    @Test(
        "takes one word on each requirement",
        arguments: [
            ["--minimum-accuracy", "0.9", "--no-minimum-accuracy"], ["--must-pass", "--no-must-pass"],
            ["--no-significant-loss", "--allow-significant-loss"], ["--clear-gate", "--no-must-pass"],
        ])
    func contradictions(_ arguments: [String]) async throws {
        try await withTestHost { host in
            let result = try await host.runClient(["model", "update", "sales"] + arguments)
            #expect(result.exitCode == 2 && result.errorOutput.contains("--"))
        }
    }
}
