/// What text means, shown by a colour where there are colours.
enum Style: Sendable {
    case plain
    case heading
    case good
    case doubtful
    case bad
    case quiet

    private var code: String? {
        switch self {
        case .plain: nil
        case .heading: "1"
        case .good: "32"
        case .doubtful: "33"
        case .bad: "31"
        case .quiet: "2"
        }
    }

    /// The text in its colour.
    func applied(to text: String, on terminal: Terminal) -> String {
        guard terminal.hasColours, let code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
