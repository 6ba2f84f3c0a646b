public import ArgumentParser
public import FinetuneAPI
public import Identifiers

extension ObjectID: ExpressibleByArgument {
    /// Reads 24 hexadecimal digits.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Method: ExpressibleByArgument {
    /// Reads a method in either case.
    public init?(argument: String) {
        self.init(rawValue: argument.uppercased())
    }
}

extension FinetuningStatus: ExpressibleByArgument {}

extension FinetuningEvent.Level: ExpressibleByArgument {}

extension ProviderObject.Kind: ExpressibleByArgument {}
