/// Walking over the scalars of a text, which is valid UTF-8. Every index is that of a scalar's first byte, or the end.
extension ScalarKinds {
    /// The scalar at this index, which is not the end: its kind, and where the next one starts.
    @inline(__always)
    func scalar(at index: Int, in text: Span<UInt8>) -> (kind: ScalarKind, end: Int) {
        let first = text[index]
        guard first >= 0x80 else { return (self[UInt32(first)], index + 1) }
        return longScalar(at: index, in: text)
    }

    private func longScalar(at index: Int, in text: Span<UInt8>) -> (kind: ScalarKind, end: Int) {
        let first = UInt32(text[index])
        func continuation(_ offset: Int) -> UInt32 { UInt32(text[index + offset]) & 0x3F }
        if first < 0xE0 {
            return (self[(first & 0x1F) << 6 | continuation(1)], index + 2)
        }
        if first < 0xF0 {
            return (self[(first & 0x0F) << 12 | continuation(1) << 6 | continuation(2)], index + 3)
        }
        let scalar = (first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3)
        return (self[scalar], index + 4)
    }

    /// Whether the scalar at this index is of one of the kinds; false at the end of the text.
    func isScalar(at index: Int, in text: Span<UInt8>, oneOf kinds: ScalarKind) -> Bool {
        index < text.count && !kinds.isDisjoint(with: scalar(at: index, in: text).kind)
    }

    /// Where the scalars of these kinds that start here end; `start` itself if there is none.
    @inline(__always)
    func endOfRun(of kinds: ScalarKind, from start: Int, in text: Span<UInt8>) -> Int {
        var end = start
        while end < text.count {
            let next = scalar(at: end, in: text)
            guard !kinds.isDisjoint(with: next.kind) else { break }
            end = next.end
        }
        return end
    }
}
