<?php

function greet_all($users)
{
    return each($users, function ($user) {
        return greet($user);
    });
}
