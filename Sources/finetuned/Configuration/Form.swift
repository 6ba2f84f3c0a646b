import FinetuneAPI
import FoundationEssentials
import Jobs
import LineTransport
import Logging

/// How a kind of value is written, and which values there are.
struct Form<Value>: Sendable {
    /// Reads a text, or says what it should have been.
    let parse: @Sendable (String) throws(InvalidValue) -> Value
    /// Writes a value as `parse` reads it, but for passwords, which are hidden.
    let text: @Sendable (Value) -> String
}

extension Form<String> {
    /// Any text but an empty one.
    static let name = Form { text throws(InvalidValue) in
        guard !text.isEmpty else { throw InvalidValue("must not be empty") }
        return text
    } text: {
        $0.yamlScalar
    }

    /// The absolute path of a file or directory.
    static let path = Form { text throws(InvalidValue) in
        guard text.hasPrefix("/") else { throw InvalidValue("“\(text)” is no absolute path") }
        return text
    } text: {
        $0.yamlScalar
    }

    /// A path that fits into a socket's address.
    static let socketPath = Form { text throws(InvalidValue) in
        let path = try Form.path.parse(text)
        let most = UnixSocketAddress.maximumPathBytes
        guard path.utf8.count <= most else {
            throw InvalidValue("a socket's path has at most \(most) bytes, this one has \(path.utf8.count)")
        }
        return path
    } text: {
        $0.yamlScalar
    }

    /// The address of an HTTP service, without a slash at its end.
    static let serviceURL = Form { text throws(InvalidValue) in
        try checkURL(text, schemes: ["https", "http"])
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    } text: {
        $0.yamlScalar
    }
}

extension Form<Int> {
    static func wholeNumber(_ range: ClosedRange<Int>) -> Form {
        Form { text throws(InvalidValue) in
            guard let number = Int(text.replacing("_", with: "")) else {
                throw InvalidValue("“\(text)” is no whole number")
            }
            guard range.contains(number) else {
                throw InvalidValue("\(number) is not between \(range.lowerBound) and \(range.upperBound)")
            }
            return number
        } text: {
            String($0)
        }
    }
}

extension Form<Price> {
    /// An amount of dollars.
    static let dollars = Form { text throws(InvalidValue) in
        guard let price = Price(text) else {
            throw InvalidValue("“\(text)” is no amount of dollars; write it like 12.50")
        }
        return price
    } text: {
        $0.description
    }
}

extension Form<Duration> {
    /// A number of seconds, fractions allowed.
    static func seconds(_ range: ClosedRange<Double>) -> Form {
        Form { text throws(InvalidValue) in
            guard let seconds = Double(text), seconds.isFinite else {
                throw InvalidValue("“\(text)” is no number of seconds")
            }
            guard range.contains(seconds) else {
                throw InvalidValue("\(text) is not between \(range.lowerBound) and \(range.upperBound) seconds")
            }
            return .milliseconds(Int64(seconds * 1_000))
        } text: { duration in
            let milliseconds = duration / .milliseconds(1)
            return milliseconds.truncatingRemainder(dividingBy: 1_000) == 0
                ? String(Int64(milliseconds / 1_000)) : String(milliseconds / 1_000)
        }
    }
}

extension Form<UInt32> {
    /// Permission bits in octal, as `chmod` takes them.
    static let fileMode = Form { text throws(InvalidValue) in
        guard let mode = UInt32(text, radix: 8), mode <= 0o777 else {
            throw InvalidValue("“\(text)” is no file mode; write it in octal, like \"0660\"")
        }
        return mode
    } text: {
        "\"0\(String($0, radix: 8))\""
    }
}

extension Form where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of a few words.
    static var word: Form {
        Form { text throws(InvalidValue) in
            if let value = Value(rawValue: text) { return value }
            let words = Value.allCases.map(\.rawValue)
            let suggestion = NearestName.of(text, among: words).map { "; did you mean \($0)?" } ?? ""
            throw InvalidValue("“\(text)” is none of \(words.joined(separator: ", "))\(suggestion)")
        } text: {
            $0.rawValue
        }
    }
}

extension Form<DaemonConfiguration.Proxy> {
    /// `environment`, `none`, or the address of a proxy.
    static let proxy = Form { text throws(InvalidValue) in
        switch text {
        case "environment": return .fromEnvironment
        case "none": return .direct
        default:
            try checkURL(text, schemes: ["http", "https", "socks4", "socks4a", "socks5", "socks5h"])
            return .address(Secret(text))
        }
    } text: { proxy in
        switch proxy {
        case .fromEnvironment: "environment"
        case .direct: "none"
        case .address(let address): withoutUser(address.revealed)
        }
    }

    private static func withoutUser(_ address: String) -> String {
        guard var components = URLComponents(string: address) else { return "•••" }
        components.user = nil
        components.password = nil
        return components.string ?? "•••"
    }
}

// The text may hold a password, so the reason does not quote it.
private func checkURL(_ text: String, schemes: [String]) throws(InvalidValue) {
    guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), schemes.contains(scheme),
        let host = url.host, !host.isEmpty
    else {
        let beginnings = schemes.map { $0 + "://" }.joined(separator: " or ")
        throw InvalidValue("must be an address that begins with \(beginnings)")
    }
}
