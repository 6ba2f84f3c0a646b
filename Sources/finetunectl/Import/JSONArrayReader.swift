/// Reads a JSON array of objects, an element at a time, so that a large one is never in memory whole.
struct JSONArrayReader: RowReader {
    private enum Place {
        case beforeArray
        /// Before an element; the first may be missing, the others may not.
        case beforeElement(isFirst: Bool)
        case inElement
        case afterArray
        case lost
    }

    private var place = Place.beforeArray
    private var element: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var line = 1
    private var elementLine = 1
    private var rows: [Row] = []

    mutating func read(_ text: [UInt8], isLast: Bool) -> [Row] {
        for byte in text {
            take(byte)
            if byte == UInt8(ascii: "\n") { line += 1 }
        }
        if isLast { finish() }
        defer { rows = [] }
        return rows
    }

    private mutating func take(_ byte: UInt8) {
        switch place {
        case .inElement: takeInElement(byte)
        case .lost: break
        case .beforeArray, .beforeElement, .afterArray:
            if !Self.isSpace(byte) { takeBetweenElements(byte) }
        }
    }

    private mutating func takeBetweenElements(_ byte: UInt8) {
        switch (place, byte) {
        case (.beforeArray, UInt8(ascii: "[")): place = .beforeElement(isFirst: true)
        case (.beforeArray, _): lose("a JSON array begins with [")
        case (.beforeElement(isFirst: true), UInt8(ascii: "]")): place = .afterArray
        case (.beforeElement, UInt8(ascii: "]")), (.beforeElement, UInt8(ascii: ",")):
            lose("is no JSON: expected a record before \(Character(Unicode.Scalar(byte)))")
        case (.beforeElement, _):
            place = .inElement
            elementLine = line
            takeInElement(byte)
        case (.afterArray, _), (.inElement, _), (.lost, _): lose("is no JSON: more text follows the array")
        }
    }

    private mutating func takeInElement(_ byte: UInt8) {
        if isInString {
            takeInString(byte)
        } else if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
            endElement(isLastOfArray: byte == UInt8(ascii: "]"))
            return
        } else {
            takeStructure(byte)
        }
        element.append(byte)
        if element.count > maximumRowBytes { lose(BrokenText.tooLong) }
    }

    private mutating func takeInString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    private mutating func takeStructure(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
        default: break
        }
    }

    private mutating func endElement(isLastOfArray: Bool) {
        let content = element.withUnsafeBufferPointer { JSONRow.parse($0, isLast: false) }
        rows.append(Row(line: elementLine, content: content))
        element.removeAll(keepingCapacity: true)
        place = isLastOfArray ? .afterArray : .beforeElement(isFirst: false)
    }

    private mutating func finish() {
        switch place {
        case .afterArray, .lost: break
        case .inElement: lose("is cut off: the file ends within this record", line: elementLine)
        case .beforeElement: lose("is cut off: the array is not closed with ]")
        case .beforeArray: break
        }
    }

    private mutating func lose(_ reason: String, line: Int? = nil) {
        let problem = RowProblem(reason: reason, hidesTheRest: true)
        rows.append(Row(line: line ?? (isWithinElement ? elementLine : self.line), content: .failure(problem)))
        place = .lost
        element = []
    }

    private var isWithinElement: Bool {
        if case .inElement = place { true } else { false }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
