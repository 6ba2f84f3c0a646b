import FinetuneAPI
import Identifiers
import LineTransport
import Testing

@testable import finetunectl

@Suite("What a watch shows")
struct TrainingProgressTests {
    private func progress(_ events: FinetuningEvent...) -> TrainingProgress {
        var progress = TrainingProgress()
        for event in events { progress.take(event) }
        return progress
    }

    @Test("nothing before the status is known")
    func unknown() {
        #expect(progress(.sample("accepted")).line(width: 80) == nil)
    }

    @Test("the status, once it is known, until it is final")
    func status() {
        #expect(progress(.sample(detail: ["status": "validating_files"])).line(width: 80) == "validating_files")
        let ended = progress(.sample(detail: ["status": "running"]), .sample(detail: ["status": "succeeded"]))
        #expect(ended.line(width: 80) == nil)
    }

    @Test(
        "steps come from metrics or from the provider's words",
        arguments: [
            FinetuningEvent.sample(detail: ["step": 30, "total_steps": 120, "train_loss": 0.41999]),
            .sample("Step 30/120: training loss=0.42", detail: ["train_loss": 0.42]),
        ])
    func steps(_ event: FinetuningEvent) {
        let line = progress(.sample(detail: ["status": "running"]), event).line(width: 70)
        #expect(line == "running [#######.......................]  25%  30/120  train_loss 0.42")
        #expect(line.map { DisplayWidth.of($0) <= 70 } ?? false)
    }

    @Test("the loss is a curve behind its number, and both curves are shown whole at the end")
    func curves() throws {
        let steps = (1...4).map { step in
            FinetuningEvent.sample(detail: [
                "step": .number(JSONNumber(step)), "total_steps": 8,
                "train_loss": .number(JSONNumber(1 / Double(step))),
                "train_mean_token_accuracy": .number(JSONNumber(1 - 1 / Double(step))),
            ])
        }
        var progress = TrainingProgress()
        progress.take(.sample(detail: ["status": "running"]))
        #expect(progress.curves(width: 80) == nil)
        for step in steps { progress.take(step) }
        let line = try #require(progress.line(width: 100))
        #expect(line.hasSuffix("train_loss 0.25 █▃▂▁"))
        let curves = try #require(progress.curves(width: 60)).split(separator: "\n")
        #expect(curves.count == 14 && curves[0] == "loss" && curves[7] == "token accuracy")
    }

    @Test("hostile numbers are no crash", arguments: ["1e300", "-1e300", "0"])
    func hostile(number: String) throws {
        let value = try JSONParser.parse(#"{"step":\#(number),"total_steps":\#(number)}"#.utf8)
        _ = progress(.sample(detail: ["status": "running"]), .sample(detail: value)).line(width: 40)
    }

    @Test("an event is a line with its time, whatever the message holds")
    func eventLine() {
        #expect(FinetuningEvent.sample("a\n\u{1B}b").line(on: .none) == "1970-01-01 00:00:00  a \u{FFFD}b")
    }

    @Test("an outage is borne for a minute, with growing pauses of two seconds at most")
    func outage() {
        var outage = Outage()
        var delays: [Duration] = []
        while let delay = outage.delay() { delays.append(delay) }
        #expect(delays.first == .milliseconds(100))
        #expect(delays.max() == .seconds(2))
        #expect(delays.reduce(.zero, +) >= Outage.patience)
        #expect(delays == delays.sorted())
    }
}

extension FinetuningEvent {
    /// An event whose unimportant fields are filled in.
    static func sample(_ message: String = "", sequence: Int = 1, detail: JSONValue = [:]) -> FinetuningEvent {
        FinetuningEvent(
            sequence: sequence, createdAt: Timestamp(microseconds: 0), event: "metrics", level: .info,
            message: message, detail: detail)
    }
}
