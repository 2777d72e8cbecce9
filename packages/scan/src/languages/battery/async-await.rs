async fn load(id: Any) -> Any {
    let user = fetch_user(id).await;
    return user;
}
