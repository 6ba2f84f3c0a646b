import FinetuneAPI

/// The wire's types, for the places where the domain has one of the same name.
enum Wire {
    typealias DatabaseConnection = FinetuneAPI.DatabaseConnection
    typealias TableDescription = FinetuneAPI.TableDescription
    typealias Column = FinetuneAPI.Column
    typealias ForeignKey = FinetuneAPI.ForeignKey
    typealias Redaction = FinetuneAPI.Redaction
    typealias GoldenRecord = FinetuneAPI.GoldenRecord
    typealias RecordCheck = FinetuneAPI.RecordCheck
    typealias ConcernedRecord = FinetuneAPI.ConcernedRecord
    typealias RecordExecution = FinetuneAPI.RecordExecution
    typealias ProviderObject = FinetuneAPI.ProviderObject
    typealias Finetuning = FinetuneAPI.Finetuning
    typealias FinetuningStatus = FinetuneAPI.FinetuningStatus
    typealias FinetuningEvent = FinetuneAPI.FinetuningEvent
    typealias Evaluation = FinetuneAPI.Evaluation
    typealias EvaluationStatus = FinetuneAPI.EvaluationStatus
    typealias EvaluationAnswer = FinetuneAPI.EvaluationAnswer
    typealias EvaluatedModel = FinetuneAPI.EvaluatedModel
    typealias Prompt = FinetuneAPI.Prompt
    typealias SQLGeneration = FinetuneAPI.SQLGeneration
    typealias ServedModel = FinetuneAPI.ServedModel
    typealias ServedModelVersion = FinetuneAPI.ServedModelVersion
    typealias PromotionGate = FinetuneAPI.PromotionGate
    typealias GateFinding = FinetuneAPI.GateFinding
    typealias AutomaticPromotion = FinetuneAPI.AutomaticPromotion
    typealias ModelParameters = FinetuneAPI.ModelParameters
    typealias Lineage = FinetuneAPI.Lineage
    typealias TrainingFile = FinetuneAPI.TrainingFile
    typealias StorageHealth = FinetuneAPI.StorageHealth
    typealias ExcludedRecord = FinetuneAPI.ExcludedRecord
}
