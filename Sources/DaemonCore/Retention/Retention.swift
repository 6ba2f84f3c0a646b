/// How long what was asked and measured is kept; `nil` for ever.
package struct Retention: Hashable, Sendable {
    /// Questions and their answers, from the newest answer on.
    package var prompts: Duration?
    /// Evaluations that are over and that nothing needs.
    package var evaluations: Duration?

    /// A retention.
    package init(prompts: Duration?, evaluations: Duration?) {
        self.prompts = prompts
        self.evaluations = evaluations
    }

    /// Everything is kept.
    package static let forEver = Retention(prompts: nil, evaluations: nil)
}
