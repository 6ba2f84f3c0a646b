import FinetuneAPI

extension FinetuningEvent {
    /// The event on one line: `2023-12-13 17:35:53  status is now running`.
    func line(on terminal: Terminal) -> String {
        let time = Style.quiet.applied(to: "\(createdAt.day) \(createdAt.clock)", on: terminal)
        return "\(time)  \(style.applied(to: message.onOneLine, on: terminal))"
    }

    private var style: Style {
        switch level {
        case .info: .plain
        case .warning: .doubtful
        case .error: .bad
        }
    }
}
