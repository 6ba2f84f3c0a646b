#if LIBFUZZER
    import FinetuneAPI

    /// What libFuzzer calls with bytes of its own making. See contrib/fuzz/README.md.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        var target = ParserTarget()
        var random = SeededGenerator(seed: UInt64(count))
        do {
            try target.take(Array(UnsafeBufferPointer(start: start, count: count)), cutBy: &random)
            return 0
        } catch {
            fatalError(error.description)
        }
    }
#endif
