fun charge(card: Any): Any {
    try {
        val receipt = pay(card)
        return receipt.id
    } catch (error: Exception) {
        report(error)
        throw error
    } finally {
        release(card)
    }
}
