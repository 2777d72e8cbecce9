def charge(card):
    try:
        receipt = pay(card)
        return receipt.id
    except Exception as error:
        report(error)
        raise
    finally:
        release(card)
