import LineTransport
import NIOCore

@testable import DaemonCore
@testable import FinetuneAPI

/// Gives every client one role: the tests cannot connect as another user.
struct RoleService: LineService {
    let service: APIService
    let role: Role

    func makeHandler(for connection: LineConnection) -> any LineHandler {
        APIConnection(service: service, connection: connection) { Caller(peer: connection.peer, role: role) }
    }

    func line(for refusal: ConnectionRefusal) -> ByteBuffer {
        service.line(for: refusal)
    }

    func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {
        service.turnedAway(peer, because: reason, on: eventLoop)
    }
}
