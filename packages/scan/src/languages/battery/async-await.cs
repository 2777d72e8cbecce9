async dynamic load(dynamic id)
{
    var user = await fetchUser(id);
    return user;
}
