<?php

function remove($actor, $id)
{
    if ($actor->role !== 'admin') {
        throw new Denied('admins only');
    }
    destroy($id);

    return $id;
}
