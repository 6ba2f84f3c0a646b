#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Prints a line that another program waits for: it must not lie in a buffer when standard output is a pipe.
func announce(_ line: String) {
    print(line)
    fflush(nil)
}
