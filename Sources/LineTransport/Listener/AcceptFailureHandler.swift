private import Glibc
import NIOCore

/// Keeps a listener alive when the process has run out of file descriptors.
///
/// A descriptor is held in reserve. When accepting fails for want of one, it is given up for a moment: the client
/// that waits is accepted, told why it is not served, and closed. Without this the client would wait in silence,
/// and the event loop would be woken for it again and again.
final class AcceptFailureHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private static let pause = TimeAmount.milliseconds(100)

    private let service: any LineService
    private let refusal: ByteBuffer
    private var reserve: CInt?
    private var isPaused = false
    private var readIsWithheld = false

    init(service: any LineService) {
        self.service = service
        refusal = service.line(for: .outOfFileDescriptors)
        reserve = Self.openReserve()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE].contains(error.errnoCode) else {
            // Any other failure to accept concerns one client that went away meanwhile.
            return
        }
        if !refuseWaitingClient(context) {
            pauseAccepting(context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if isPaused {
            readIsWithheld = true
        } else {
            context.read()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        closeReserve()
        context.fireChannelInactive()
    }

    private func refuseWaitingClient(_ context: ChannelHandlerContext) -> Bool {
        guard let listening = listeningDescriptor(context), reserve != nil else {
            reserve = reserve ?? Self.openReserve()
            return false
        }
        closeReserve()
        defer { reserve = Self.openReserve() }
        let client = accept(listening, nil, nil)
        guard client >= 0 else { return errno == EAGAIN }
        // The buffer of a new socket holds one short line; a client that is already gone is no loss.
        _ = refusal.withUnsafeReadableBytes { send(client, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
        service.turnedAway(
            peer(ofSocket: client), because: .refused(.outOfFileDescriptors), on: context.eventLoop)
        Glibc.close(client)
        return true
    }

    private func peer(ofSocket client: CInt) -> PeerCredentials? {
        do throws(SystemError) {
            return try PeerCredentials(ofSocket: client)
        } catch {
            // It has gone already.
            return nil
        }
    }

    private func listeningDescriptor(_ context: ChannelHandlerContext) -> CInt? {
        do {
            return try context.channel.pipeline.syncOperations.withUnsafeTransportIfAvailable { (socket: CInt) in
                socket
            }
        } catch {
            // The listener is being closed.
            return nil
        }
    }

    private func pauseAccepting(_ context: ChannelHandlerContext) {
        guard !isPaused else { return }
        isPaused = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in
            isPaused = false
            if readIsWithheld {
                readIsWithheld = false
                context.read()
            }
        }
    }

    private func closeReserve() {
        if let reserve {
            Glibc.close(reserve)
        }
        reserve = nil
    }

    private static func openReserve() -> CInt? {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        return descriptor < 0 ? nil : descriptor
    }
}
