<?php

function summary($user)
{
    return ['id' => $user->id, 'tags' => ['a', 'b'], 'nested' => ['active' => true, 'score' => 1]];
}
