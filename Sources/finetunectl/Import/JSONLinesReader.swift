import Glibc

/// Reads JSON Lines: an object a line. Empty lines count, and hold nothing.
struct JSONLinesReader: RowReader {
    private var rest: [UInt8] = []
    private var line = 0
    private var isSkipping = false

    mutating func read(_ text: [UInt8], isLast: Bool) -> [Row] {
        var rows: [Row] = []
        text.withUnsafeBufferPointer { buffer in
            var start = 0
            while let end = Self.lineEnd(in: buffer, from: start) {
                finishLine(UnsafeBufferPointer(rebasing: buffer[start..<end]), isLast: false, into: &rows)
                start = end + 1
            }
            keep(UnsafeBufferPointer(rebasing: buffer[start...]), into: &rows)
        }
        if isLast, !rest.isEmpty {
            finishLine(UnsafeBufferPointer(start: nil, count: 0), isLast: true, into: &rows)
        }
        return rows
    }

    private static func lineEnd(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = buffer.baseAddress, start < buffer.count,
            let end = memchr(base + start, CInt(UInt8(ascii: "\n")), buffer.count - start)
        else { return nil }
        return UnsafeRawPointer(end) - UnsafeRawPointer(base)
    }

    private mutating func finishLine(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into rows: inout [Row]) {
        line += 1
        defer {
            rest.removeAll(keepingCapacity: true)
            isSkipping = false
        }
        if isSkipping { return }
        guard rest.isEmpty else {
            rest.append(contentsOf: bytes)
            return rest.withUnsafeBufferPointer { add($0, isLast: isLast, into: &rows) }
        }
        add(bytes, isLast: isLast, into: &rows)
    }

    private func add(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into rows: inout [Row]) {
        if bytes.count > maximumRowBytes {
            rows.append(Row(line: line, content: .failure(RowProblem(reason: BrokenText.tooLong))))
            return
        }
        let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if !isBlank {
            rows.append(Row(line: line, content: JSONRow.parse(bytes, isLast: isLast)))
        }
    }

    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>, into rows: inout [Row]) {
        if isSkipping { return }
        rest.append(contentsOf: bytes)
        if rest.count > maximumRowBytes {
            rows.append(Row(line: line + 1, content: .failure(RowProblem(reason: BrokenText.tooLong))))
            rest = []
            isSkipping = true
        }
    }
}
