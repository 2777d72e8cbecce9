dynamic notifyAll(dynamic users)
{
    foreach (var user in users)
    {
        notify(user);
    }
    return null;
}
