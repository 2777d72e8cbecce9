<?php

function charge($card)
{
    try {
        $receipt = pay($card);

        return $receipt->id;
    } catch (Throwable $error) {
        report($error);
        throw $error;
    } finally {
        release($card);
    }
}
