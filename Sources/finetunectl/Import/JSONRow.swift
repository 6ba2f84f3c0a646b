import FinetuneAPI

/// Reads one record's JSON.
enum JSONRow {
    /// The object that bytes hold. `isLast` is whether the file ends with them, which explains why they may end
    /// within a value.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Result<JSONObject, RowProblem> {
        do throws(JSONSyntaxError) {
            switch try JSONParser.parse(bytes) {
            case .object(let object): return .success(object)
            case .array: return .failure(RowProblem(reason: "a record is an object, not an array"))
            case let value: return .failure(RowProblem(reason: "a record is an object, not \(value.kind)"))
            }
        } catch {
            return .failure(RowProblem(reason: reason(error, bytes, isLast: isLast)))
        }
    }

    private static func reason(_ error: JSONSyntaxError, _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> String {
        if bytes.contains(0) { return BrokenText.nul }
        switch error {
        case .endedEarly where isLast: return "is cut off: the file ends within this record"
        case .invalidUTF8(let offset): return BrokenText.reason(bytes, at: offset)
        case .loneSurrogate: return "contains half of a surrogate pair"
        case .unexpected, .endedEarly, .trailing, .duplicateKey, .tooDeep: return "is no JSON: \(error.reason)"
        }
    }
}
