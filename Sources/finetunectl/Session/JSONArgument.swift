import ArgumentParser
import FinetuneAPI

/// JSON that stands on the command line.
enum JSONArgument {
    /// Reads an object, as `--metadata` takes it.
    static func object(_ text: String) throws -> JSONValue {
        do throws(JSONSyntaxError) {
            let value = try JSONParser.parse(text.utf8)
            if value.object != nil { return value }
            throw .unexpected(offset: 0, expected: "an object such as {\"owner\":\"sales\"}")
        } catch {
            throw ValidationError("no JSON object: \(error.reason)")
        }
    }

    /// Reads any JSON; `name` is what messages call it.
    static func value(_ bytes: some Sequence<UInt8>, in name: String) throws -> JSONValue {
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(bytes)
        } catch {
            throw LocalProblem("\(name) is no JSON: \(error.reason)")
        }
    }
}

extension Optional {
    /// A changed field if there is a value, else one that is emptied or stays.
    func change(clearing isCleared: Bool) -> Change<Wrapped>
    where Wrapped: Codable & Sendable & Hashable {
        switch self {
        case .some(let value): .set(value)
        case .none: isCleared ? .cleared : .unchanged
        }
    }
}
