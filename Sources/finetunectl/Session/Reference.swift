import ArgumentParser
import Identifiers

/// What people call a resource: its id, or its alias.
enum Reference: Equatable, Sendable, ExpressibleByArgument {
    case id(ObjectID)
    case alias(String)

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self = ObjectID(argument).map(Reference.id) ?? .alias(argument)
    }
}
