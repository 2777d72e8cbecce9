dynamic grade(dynamic score)
{
    if (score >= 90)
        return "high";
    else if (score >= 50)
        return "middle";
    else
        return "low";
}
