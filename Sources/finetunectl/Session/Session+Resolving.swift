import FinetuneAPI
import Identifiers
import LineTransport

extension Session {
    /// The id of the database connection that people call so.
    func connectionID(_ reference: Reference) async throws -> ObjectID {
        try await id(reference, listing: connections, of: .databaseConnectionNotFound, "connection") {
            ($0.alias, $0.id)
        }
    }

    /// The id of the finetuning that people call so.
    func finetuningID(_ reference: Reference) async throws -> ObjectID {
        try await id(reference, listing: finetunings, of: .finetuningNotFound, "finetuning") { ($0.alias, $0.id) }
    }

    private func id<Resource>(
        _ reference: Reference, listing resources: (_ alias: String?) async throws -> [Resource],
        of absence: ErrorCode, _ command: String, _ naming: (Resource) -> (alias: String, id: ObjectID)
    ) async throws -> ObjectID {
        switch reference {
        case .id(let id): return id
        case .alias(let alias):
            if let found = try await resources(alias).map(naming).first(where: { $0.alias == alias }) {
                return found.id
            }
            let names = try await resources(nil).map { naming($0).alias }
            let nearest = NearestName.of(alias, among: names).map { ": did you mean \"\($0)\"?" } ?? ""
            let error = APIError(
                absence, "no \(command) has the alias \"\(alias)\"\(nearest)",
                remedy: "See them all: finetunectl \(command) list", detail: ["alias": .string(alias)])
            throw ClientError.refused(status: absence.status, error)
        }
    }

    private func connections(alias: String?) async throws -> [DatabaseConnection] {
        try await everyPage { page in
            let query = AliasPaging(alias: alias, page: page, limit: Page.greatestLimit)
            return try await ask(Routes.listConnections, query: query)
        }.response
    }

    private func finetunings(alias: String?) async throws -> [Finetuning] {
        try await everyPage { page in
            let query = FinetuningPaging(alias: alias, page: page, limit: Page.greatestLimit)
            return try await ask(Routes.listFinetunings, query: query)
        }.response
    }

    /// All pages of a list as one answer. `ask` gets a page of the greatest size.
    func everyPage<Element>(_ ask: (_ page: Int) async throws -> Answer<[Element]>) async throws -> Answer<[Element]> {
        var elements: [Element] = []
        var bodies: [JSONValue] = []
        var page = 1
        while true {
            let answer = try await ask(page)
            elements += answer.response
            bodies += answer.body.array ?? []
            if answer.response.count < Page.greatestLimit {
                return Answer(body: .array(bodies), response: elements)
            }
            page += 1
        }
    }
}
