class Counter {
    val total = 0

    fun add(step: Any): Any {
        this.total = this.total + step
        return total
    }
}
