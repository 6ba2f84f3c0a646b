/// A condition did not come true in time.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

/// Asks again and again until there is an answer. The one place in which tests wait.
///
/// The deadline only ends a test that would hang; no test depends on how long something takes.
func eventually<Answer>(
    _ what: String, within patience: Duration = .seconds(60), _ answer: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now.advanced(by: patience)
    while ContinuousClock.now < deadline {
        if let answer = try await answer() { return answer }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw NeverHappened(description: "in \(patience) this never happened: \(what)")
}

/// Asks again and again until the answer is yes.
func eventually(
    _ what: String, within patience: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let _: Void = try await eventually(what, within: patience) { try await condition() ? () : nil }
}
