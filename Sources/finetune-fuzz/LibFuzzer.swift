#if LIBFUZZER
    import FoundationEssentials
    import Glibc
    import SeededRandomness

    // `contrib/fuzz/libfuzzer` makes a program of this, whose `main` is libFuzzer's.

    /// Reads an input that libFuzzer has made. It has a decoder of its own, so that what comes of it depends on nothing
    /// else, and libFuzzer learns which bytes matter.
    @_cdecl("LLVMFuzzerTestOneInput")
    func readInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let input = Array(UnsafeBufferPointer(start: bytes, count: count))
        var random = SeededGenerator(seed: input.reduce(UInt64(count)) { $0 &* 31 &+ UInt64($1) })
        var target = ParserTarget()
        do {
            try target.take(input, cutBy: &random)
        } catch {
            end(because: "\(error): \(input.printable)")
        }
        return 0
    }

    /// Writes real requests of every route into the folder that the environment names, for libFuzzer to start from.
    @_cdecl("LLVMFuzzerInitialize")
    func writeSeeds(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
        guard let folder = getenv("FUZZ_SEED_FOLDER").map({ String(cString: $0) }) else { return 0 }
        do {
            for (number, seed) in try RequestSeeds.all().enumerated() {
                try Data(seed).write(to: URL(filePath: "\(folder)/request-\(number)"))
            }
        } catch {
            end(because: "the requests to start from cannot be written: \(error)")
        }
        return 0
    }

    // libFuzzer keeps the input of a program that aborts.
    private func end(because reason: String) -> Never {
        let text = Array("\(reason)\n".utf8)
        write(STDERR_FILENO, text, text.count)
        abort()
    }
#endif
