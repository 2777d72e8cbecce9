function charge(card) {
  try {
    const receipt = pay(card);
    return receipt.id;
  } catch (error) {
    report(error);
    throw error;
  } finally {
    release(card);
  }
}
