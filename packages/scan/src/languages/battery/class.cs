class Counter
{
    dynamic total = 0;

    public dynamic add(dynamic step)
    {
        this.total = total + step;
        return total;
    }
}
