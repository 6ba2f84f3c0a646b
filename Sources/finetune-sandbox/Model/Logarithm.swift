#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The natural logarithm; here because the C library is imported for nothing else.
func logarithm(_ value: Double) -> Double {
    log(value)
}
