<?php

function lookup($id)
{
    $user = find($id);
    if (!$user) {
        return null;
    }

    return $user->name;
}
