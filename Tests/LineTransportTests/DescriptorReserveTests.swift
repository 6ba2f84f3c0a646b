import Testing

@testable import LineTransport

@Suite("The descriptors that clients may not use up")
struct DescriptorReserveTests {
    @Test(
        "are a quarter of all, and never more than 128",
        arguments: [(64, 47, 48), (1_024, 895, 896), (1 << 20, (1 << 20) - 129, (1 << 20) - 128)])
    func reserve(limit: Int, free: Int, reserved: Int) {
        let reserve = DescriptorReserve(limit: limit)
        #expect(!reserve.isTouched(by: CInt(free)))
        #expect(reserve.isTouched(by: CInt(reserved)))
    }
}
