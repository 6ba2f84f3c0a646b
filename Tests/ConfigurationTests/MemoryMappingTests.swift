import Glibc
import Testing

@testable import finetuned

@Suite("What may be given back of the process's memory")
struct MemoryMappingTests {
    @Test("Pages that are as they are in their file may be; those that were written, or may yet be, may not")
    func isAsInItsFile() throws {
        let untouched = try Page(), writable = try Page(), written = try Page()
        untouched.seal()
        written.write()
        written.seal()
        writable.read()

        #expect(try mapping(of: untouched).isAsInItsFile)
        #expect(try !mapping(of: writable).isAsInItsFile)
        #expect(try !mapping(of: written).isAsInItsFile)
    }

    // The text that the kernel gives has more than one read brings, and the stack is near its end.
    @Test("All of the process's memory is told of")
    func toldWhole() throws {
        let mappings = try MemoryMapping.all()
        let lowest = try #require(mappings.first), highest = try #require(mappings.last)
        #expect(lowest.start < highest.start)
        #expect(mappings.count > 40)
    }

    private func mapping(of page: Page) throws -> MemoryMapping {
        try #require(try MemoryMapping.all().first { $0.start == page.start })
    }
}

/// A page of this program's file, between pages of nothing, so that the kernel tells of it alone.
private final class Page {
    private static let byteCount = Int(getpagesize())
    private let room: UnsafeMutableRawPointer
    private var place: UnsafeMutableRawPointer { room + Self.byteCount }
    var start: UInt { UInt(bitPattern: place) }

    init() throws {
        room = try #require(
            mmap(nil, 3 * Self.byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        try #require(file >= 0)
        defer { close(file) }
        let mapped = mmap(place, Self.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file, 0)
        try #require(mapped == place)
    }

    deinit { munmap(room, 3 * Self.byteCount) }

    func read() { _ = place.load(as: UInt8.self) }

    func write() { place.storeBytes(of: 1, as: UInt8.self) }

    func seal() {
        read()
        mprotect(place, Self.byteCount, PROT_READ)
    }
}
