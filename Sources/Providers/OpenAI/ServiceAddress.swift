/// Where a provider's service is: an absolute `http` or `https` address, without a slash at its end.
package struct ServiceAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address: `https://api.openai.com/v1`.
    package let description: String

    /// Takes an address with a host. `nil` for another scheme, a user or password in it, a query, a fragment, white
    /// space or control characters: a key would go astray there.
    package init?(_ text: String) {
        let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        guard !host.isEmpty, !host.hasPrefix(":"), !host.contains("@"), !rest.contains("?"), !rest.contains("#") else {
            return nil
        }
        var address = scheme + rest
        while address.hasSuffix("/") { address.removeLast() }
        description = address
    }

    private init(constant: String) {
        description = constant
    }

    /// OpenAI's own.
    package static let openAI = ServiceAddress(constant: "https://api.openai.com/v1")
}
