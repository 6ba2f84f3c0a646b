private import Glibc
package import NIOCore

/// Cuts a stream of bytes into lines.
///
/// A line ends at `\n`; one `\r` before it is dropped, and a line with nothing in it is passed over. A line longer
/// than the limit is counted and skipped, never kept, and the stream goes on at the line after it. Each byte is
/// looked at once and copied at most once, however the stream arrives in chunks: a line that lies within one chunk
/// is a slice of it.
package struct LineDecoder {
    /// What `next()` finds in the stream.
    package enum Line: Equatable {
        /// The bytes of a line, without its end.
        case complete(ByteBuffer)
        /// A line over the limit has ended; so many bytes stood before its `\n`.
        case tooLong(byteCount: Int)
    }

    /// The most bytes that a line may have before its `\n`.
    package let maximumLength: Int

    /// The chunk being looked at, from the first byte that no line has taken.
    private var chunk = ByteBuffer()
    private var laterChunks = CircularBuffer<ByteBuffer>(initialCapacity: 1)
    /// The start of a line whose end has not arrived. Not a slice: it would hold on to its whole chunk.
    private var partial = ByteBuffer()
    /// How many bytes of a line over the limit have gone by; zero while no such line is being skipped.
    private var skippedBytes = 0
    private var inputHasEnded = false

    /// A decoder at the start of a stream. `maximumLength` is in bytes, 1 MiB unless told.
    package init(maximumLength: Int = 1 << 20) {
        precondition(maximumLength > 0)
        self.maximumLength = maximumLength
    }

    /// Whether bytes have been appended that `next()` has not looked at, or a last line waits for it.
    package var hasInput: Bool {
        chunk.readableBytes > 0 || !laterChunks.isEmpty || inputHasEnded && hasPartialLine
    }

    /// Adds what arrived. Nothing is looked at before `next()`.
    package mutating func append(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        if chunk.readableBytes == 0 {
            chunk = bytes
        } else {
            laterChunks.append(bytes)
        }
    }

    /// Says that nothing more will arrive: what follows the last `\n` is then a line too.
    package mutating func endInput() {
        inputHasEnded = true
    }

    /// The next line that is complete, or `nil` until more arrives.
    package mutating func next() -> Line? {
        while chunk.readableBytes > 0 {
            let found = takeLine()
            if chunk.readableBytes == 0 {
                chunk = laterChunks.popFirst() ?? ByteBuffer()
            }
            if let found { return found }
        }
        return inputHasEnded && hasPartialLine ? complete(with: ByteBuffer()) : nil
    }

    private var hasPartialLine: Bool {
        partial.readableBytes > 0 || skippedBytes > 0
    }

    private mutating func takeLine() -> Line? {
        guard let length = chunk.bytesBeforeNewline, let end = chunk.readSlice(length: length) else {
            hold(chunk)
            chunk = ByteBuffer()
            return nil
        }
        chunk.moveReaderIndex(forwardBy: 1)
        return complete(with: end)
    }

    private mutating func hold(_ start: ByteBuffer) {
        let byteCount = skippedBytes + partial.readableBytes + start.readableBytes
        if byteCount > maximumLength {
            skippedBytes = byteCount
            partial = ByteBuffer()
        } else {
            partial.writeImmutableBuffer(start)
        }
    }

    private mutating func complete(with end: ByteBuffer) -> Line? {
        defer {
            partial = ByteBuffer()
            skippedBytes = 0
        }
        let byteCount = skippedBytes + partial.readableBytes + end.readableBytes
        guard byteCount <= maximumLength else { return .tooLong(byteCount: byteCount) }
        var line = end
        if partial.readableBytes > 0 {
            partial.writeImmutableBuffer(end)
            line = partial
        }
        line.dropCarriageReturn()
        return line.readableBytes == 0 ? nil : .complete(line)
    }
}

extension ByteBuffer {
    fileprivate var bytesBeforeNewline: Int? {
        withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress, let newline = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            else { return nil }
            return UnsafeRawPointer(newline) - start
        }
    }

    fileprivate mutating func dropCarriageReturn() {
        guard readableBytes > 0, getInteger(at: writerIndex - 1, as: UInt8.self) == UInt8(ascii: "\r") else { return }
        moveWriterIndex(to: writerIndex - 1)
    }
}
