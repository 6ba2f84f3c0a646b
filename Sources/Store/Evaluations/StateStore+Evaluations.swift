package import Evaluations
import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// Accepts an evaluation: stores it and its questions in one transaction. Throws `notFound` for its finetuning, or
    /// `overBudget` if it may cost more than is left in that moment.
    package func create(
        _ evaluation: Evaluation, questions: [EvaluationQuestion], within budget: Budget = .unbounded,
        keeping reply: ReplyKeeping<Evaluation>? = nil
    ) async throws(StoreError) {
        _ = try await write(keeping: reply) { db in
            try db.create(evaluation, questions: questions, within: budget)
            return evaluation
        }
    }

    /// The evaluation with this id. Throws `notFound`.
    package func evaluation(_ id: ObjectID) async throws(StoreError) -> Evaluation {
        try await read { db in try db.evaluation(id) }
    }

    /// A page of the evaluations of a finetuning and with a status, or of all.
    package func evaluations(
        of finetuning: ObjectID? = nil, status: EvaluationStatus? = nil, _ page: PageRequest
    ) async throws(StoreError) -> Page<Evaluation> {
        try await read { db in
            let filter = ListFilter().with("finetuning_id", finetuning).with("status", status?.rawValue)
            let total = try db.count(of: Evaluation.table, filter)
            let rows = try db.rows(of: Evaluation.table, filter, on: page, total: total)
            return Page(items: try rows.map(Evaluation.init), total: total)
        }
    }

    /// The evaluations that are not over, oldest first: what a restarted daemon goes on with.
    package func unfinishedEvaluations() async throws(StoreError) -> [ObjectID] {
        try await read { db in
            try ObjectID.fetchAll(
                db, sql: "SELECT id FROM evaluations WHERE status IN ('queued', 'running') ORDER BY id")
        }
    }

    /// Takes an evaluation on to another stage, and tells of it. One that is over stays as it is.
    /// Returns what it is then. Throws `notFound`.
    package func move(
        _ id: ObjectID, to stage: EvaluationStage, telling happening: EvaluationHappening, at now: Timestamp,
        keeping reply: ReplyKeeping<Evaluation>? = nil
    ) async throws(StoreError) -> Evaluation {
        try await write(keeping: reply) { db in
            guard try !db.evaluation(id).stage.isOver else { return try db.evaluation(id) }
            return try db.move(id, to: stage, telling: happening, at: now)
        }
    }

    /// Forgets an evaluation that is over. Throws `notFound` or `evaluationInProgress`.
    package func deleteEvaluation(_ id: ObjectID) async throws(StoreError) {
        try await write { db in
            guard try db.evaluation(id).stage.isOver else { throw StoreError.evaluationInProgress(id) }
            try db.run("DELETE FROM evaluations WHERE id = ?", [id])
        }
    }

    /// The events of an evaluation after a sequence number (from the first: 0), oldest first. Throws `notFound`.
    package func evaluationEvents(
        of id: ObjectID, after sequence: Int, limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await read { db in
            try db.checkExists(.evaluation, id)
            return try db.all(
                "SELECT * FROM evaluation_events WHERE evaluation_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                [id, sequence, limit]
            ).map { try RecordedEvent($0, of: "evaluation_events") }
        }
    }
}

extension Database {
    /// Stores an evaluation and its questions.
    func create(_ evaluation: Evaluation, questions: [EvaluationQuestion], within budget: Budget) throws {
        try checkExists(.finetuning, evaluation.finetuning)
        try enterSpending(of: evaluation, within: budget)
        try run(Evaluation.insertion, evaluation.columns)
        for question in questions { try run(EvaluationQuestion.insertion, question.columns(of: evaluation.id)) }
        try append(
            .accepted(questions: questions.count, models: evaluation.models.contestants.count),
            toEvaluation: evaluation.id, at: evaluation.createdAt)
    }

    /// The evaluation with this id. Throws `notFound`.
    func evaluation(_ id: ObjectID) throws -> Evaluation {
        guard let row = try first("SELECT * FROM evaluations WHERE id = ?", [id]) else {
            throw StoreError.notFound(.evaluation, id)
        }
        return try Evaluation(row)
    }

    /// Takes an evaluation on to another stage, and tells of it.
    func move(
        _ id: ObjectID, to stage: EvaluationStage, telling happening: EvaluationHappening, at now: Timestamp
    ) throws -> Evaluation {
        try run(
            "UPDATE evaluations SET status = ?, obstacle = ?, failure_reason = ?, updated_at = ? WHERE id = ?",
            StatementArguments(stage.columns + [now, id]))
        if stage.isOver { try settleSpending(ofEvaluation: id) }
        try append(happening, toEvaluation: id, at: now)
        return try evaluation(id)
    }
}
