extension Routes {
    /// `GET /models`
    public static let listModels = Route<Nothing, Paging, Nothing, [ServedModel]>(
        .get, "/models", by: .reader, "List the aliases and the models that they stand for")
    /// `GET /models/{alias}`
    public static let readModel = Route<String, ServedModelQuery, Nothing, ServedModel>(
        .get, "/models/{alias}", by: .reader, replies: .many(status: 200),
        "The model that an alias stands for; followed, each one that it comes to stand for",
        refusals: [.modelNotFound, .streamEnded])
    /// `PUT /models/{alias}`
    public static let changeModel = Route<String, Nothing, ServedModelChanges, ServedModel>(
        .put, "/models/{alias}", by: .operate, "Make an alias, or change its metadata or its gate")
    /// `DELETE /models/{alias}`
    public static let deleteModel = Route<String, Nothing, Nothing, DeletedModel>(
        .delete, "/models/{alias}", by: .operate, "Forget an alias and its history", refusals: [.modelNotFound])
    /// `POST /models/{alias}/promote`
    public static let promoteModel = Route<String, Nothing, Promotion, ServedModel>(
        .post, "/models/{alias}/promote", by: .operate, "Let an alias, new or not, stand for a finetuning's model",
        refusals: [.finetuningNotFound, .finetuningNotSucceeded, .versionConflict, .promotionRefused])
    /// `POST /models/{alias}/rollback`
    public static let rollBackModel = Route<String, Nothing, Rollback, ServedModel>(
        .post, "/models/{alias}/rollback", by: .operate, "Let an alias stand for the model before",
        refusals: [.modelNotFound, .finetuningNotFound, .versionConflict, .nothingToRollBack])
    /// `GET /models/{alias}/history`
    public static let modelHistory = Route<String, Paging, Nothing, [ServedModelVersion]>(
        .get, "/models/{alias}/history", by: .reader, "Every version of an alias, newest last",
        refusals: [.modelNotFound])

    static let models: [RouteSignature] = [
        listModels.signature, readModel.signature, changeModel.signature, deleteModel.signature,
        promoteModel.signature, rollBackModel.signature, modelHistory.signature,
    ]
}
