dynamic price(dynamic plan)
{
    switch (plan)
    {
        case "free":
            return 0;
        case "team":
        case "school":
            return 10;
        default:
            return 50;
    }
}
