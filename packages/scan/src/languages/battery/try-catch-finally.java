Object charge(Object card) {
    try {
        var receipt = pay(card);
        return receipt.id;
    } catch (Exception error) {
        report(error);
        throw error;
    } finally {
        release(card);
    }
}
