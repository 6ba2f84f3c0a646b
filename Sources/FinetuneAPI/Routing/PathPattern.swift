import Spelling

/// A path with at most one place for a parameter: `/api/v1/finetunings/{id}/events`.
public struct PathPattern: Hashable, Sendable {
    /// What every path begins with.
    public static let prefix = "/api/v1"

    /// One part between slashes.
    public enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    /// The parts, those of the prefix included.
    public let segments: [Segment]

    /// Reads a pattern relative to the prefix: `/finetunings/{id}`.
    public init(_ pattern: String) {
        segments = (Self.prefix + pattern).split(separator: "/").map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
        precondition(segments.count { if case .parameter = $0 { true } else { false } } <= 1)
    }

    /// The pattern as documents write it.
    public var description: String {
        segments.map { segment in
            switch segment {
            case .literal(let text): "/" + text
            case .parameter(let name): "/{\(name)}"
            }
        }.joined()
    }

    /// The path with `parameter` in its place.
    public func path(_ parameter: String?) -> String {
        segments.map { segment in
            switch segment {
            case .literal(let text): "/" + text
            case .parameter: "/" + PercentCoding.encode(parameter ?? "")
            }
        }.joined()
    }
}
